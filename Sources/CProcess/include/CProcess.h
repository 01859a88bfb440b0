#pragma once

/// Lets go of the pages of program text and constants that only the start has needed.
///
/// They are clean pages of files: what is needed again is mapped again from the page cache. Nothing that was written to
/// is touched. Any thread, any time; errors change nothing and are not told.
void process_release_start(void);

/// Raises the number of descriptors that the process may have open as far as it may without being root.
///
/// Returns the number it may have open now; 0 where that cannot be known. To be called before threads are started.
long process_raise_descriptors(void);
