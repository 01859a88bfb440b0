#include <crypt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/// Hashes a password with the setting of a hash, in memory of its own; false where the setting is none.
///
/// `crypt_data` has 32 KiB, which is much for the stack of a thread of the pool.
static inline bool ccrypt_hash(const char *password, const char *setting, char *result, size_t capacity) {
    struct crypt_data *data = calloc(1, sizeof *data);
    if (data == NULL) return false;
    char *hash = crypt_r(password, setting, data);
    // A failure is a text that begins with an asterisk.
    bool is_made = hash != NULL && hash[0] != '*' && strlen(hash) < capacity;
    if (is_made) strcpy(result, hash);
    explicit_bzero(data, sizeof *data);
    free(data);
    return is_made;
}
