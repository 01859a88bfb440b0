#pragma once

/// The portable twins of the kernels in `CScan.h`: a byte at a time, the same results.
///
/// They are what other processors run, what the last bytes of a text run through, and what the tests hold the kernels
/// against.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool cscan_scalar_is_mark(uint8_t byte) { return byte == '"' || byte == '\\' || byte == '\n'; }

static inline size_t cscan_scalar_plain_end(const uint8_t *bytes, size_t at, size_t count) {
    while (at < count && bytes[at] < 0x80 && !cscan_scalar_is_mark(bytes[at])) at++;
    return at;
}

static inline size_t cscan_scalar_quoted_end(const uint8_t *bytes, size_t at, size_t count) {
    while (at < count && !cscan_scalar_is_mark(bytes[at])) at++;
    return at;
}

static inline bool cscan_scalar_is_name(uint8_t byte) {
    uint8_t letter = byte | 0x20;
    return (letter >= 'a' && letter <= 'z') || (byte >= '0' && byte <= ':') || byte == '_';
}

static inline size_t cscan_scalar_name_end(const uint8_t *bytes, size_t at, size_t count) {
    while (at < count && cscan_scalar_is_name(bytes[at])) at++;
    return at;
}

static inline size_t cscan_scalar_find(const uint8_t *bytes, size_t at, size_t count, uint8_t byte) {
    while (at < count && bytes[at] != byte) at++;
    return at;
}

static inline bool cscan_scalar_is_ascii(const uint8_t *bytes, size_t at, size_t count) {
    uint8_t seen = 0;
    for (; at < count; at++) seen |= bytes[at];
    return seen < 0x80;
}

static inline bool cscan_scalar_equal(const uint8_t *first, const uint8_t *second, size_t length) {
    for (size_t at = 0; at < length; at++) {
        if (first[at] != second[at]) return false;
    }
    return true;
}

static inline size_t cscan_scalar_occurrences(const uint8_t *bytes, size_t count, uint8_t byte) {
    size_t found = 0;
    for (size_t at = 0; at < count; at++) found += bytes[at] == byte;
    return found;
}
