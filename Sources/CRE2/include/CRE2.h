// A door to RE2, which is C++ only: a regular expression is made, asked from any thread, and deleted.
#ifndef CRE2_H
#define CRE2_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cre2_regex cre2_regex;

// Compiles a pattern of UTF-8. NULL where it is none: the reason stands in `reason`, cut to `room` bytes with its zero.
cre2_regex *cre2_compile(const char *pattern, size_t length, char *reason, size_t room);

void cre2_delete(cre2_regex *regex);

// How many groups the pattern captures.
int cre2_group_count(const cre2_regex *regex);

// The number of the group of this name; 0 where there is none.
int cre2_group_named(const cre2_regex *regex, const char *name, size_t length);

// Whether the pattern matches somewhere in the text. The first `groups` groups, the whole match being one, stand in
// `ranges` as beginning and end; one that took no part as -1 and -1.
int cre2_match(const cre2_regex *regex, const char *text, size_t length, ptrdiff_t *ranges, int groups);

#ifdef __cplusplus
}
#endif

#endif
