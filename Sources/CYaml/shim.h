#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <yaml.h>

/// Reads a file of at most `capacity` bytes; of a longer one, the beginning.
///
/// Returns NULL, or what went wrong, in words.
static inline const char *cyaml_read_file(const char *path, unsigned char *buffer, size_t capacity, size_t *count) {
    *count = 0;
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return strerror(errno);
    *count = fread(buffer, 1, capacity, file);
    const char *problem = ferror(file) ? strerror(errno) : NULL;
    fclose(file);
    return problem;
}

/// Whether a path is that of a pipe, whose opening waits for someone who writes into it.
static inline bool cyaml_is_pipe(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISFIFO(status.st_mode);
}

/// The text of a scalar, which may hold zero bytes.
static inline const unsigned char *cyaml_scalar_text(const yaml_event_t *event) { return event->data.scalar.value; }

static inline size_t cyaml_scalar_length(const yaml_event_t *event) { return event->data.scalar.length; }

/// Whether a scalar stands without quotes and without a tag, so that it may mean a number, a truth value or nothing.
static inline int cyaml_scalar_is_plain(const yaml_event_t *event) {
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && event->data.scalar.plain_implicit;
}

/// Whether an event carries an anchor.
static inline int cyaml_has_anchor(const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT: return event->data.scalar.anchor != NULL;
    case YAML_SEQUENCE_START_EVENT: return event->data.sequence_start.anchor != NULL;
    case YAML_MAPPING_START_EVENT: return event->data.mapping_start.anchor != NULL;
    default: return 0;
    }
}

/// Whether an event carries a tag.
static inline int cyaml_has_tag(const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT: return event->data.scalar.tag != NULL;
    case YAML_SEQUENCE_START_EVENT: return event->data.sequence_start.tag != NULL;
    case YAML_MAPPING_START_EVENT: return event->data.mapping_start.tag != NULL;
    default: return 0;
    }
}
