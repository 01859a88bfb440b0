/// How often memory was asked for since the program began, by any thread; a program counts once it is linked with this.
long allocations_count(void);
