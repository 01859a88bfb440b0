#pragma once

/// Byte scanning kernels: SSE2 where the processor has it, else their portable twins in `CScanScalar.h`.
///
/// A kernel reads `bytes[at]` up to `bytes[count - 1]` and nothing else. Blocks are 16 bytes; what is left of the last
/// one goes to the twin, so a caller that keeps 16 bytes of slack behind its text never pays for that.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CScanScalar.h"

#if defined(__SSE2__)
#include <emmintrin.h>

/// The bits of the 16 bytes that stand between two bytes, both included.
static inline __m128i cscan_between(__m128i block, uint8_t low, uint8_t high) {
    // Unsigned "at most" by the minimum: SSE2 compares signed bytes only.
    __m128i shifted = _mm_sub_epi8(block, _mm_set1_epi8((char)low));
    return _mm_cmpeq_epi8(_mm_min_epu8(shifted, _mm_set1_epi8((char)(high - low))), shifted);
}

static inline __m128i cscan_is(__m128i block, uint8_t byte) {
    return _mm_cmpeq_epi8(block, _mm_set1_epi8((char)byte));
}

/// Where the text in quotes that `at` stands in stops being plain: at a quote, backslash, line feed or byte beyond ASCII.
static inline size_t cscan_plain_end(const uint8_t *bytes, size_t at, size_t count) {
    for (; at + 16 <= count; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + at));
        __m128i marks = _mm_or_si128(cscan_is(block, '"'), _mm_or_si128(cscan_is(block, '\\'), cscan_is(block, '\n')));
        // The high bit of a byte beyond ASCII is what the mask is made of.
        uint32_t found = (uint32_t)_mm_movemask_epi8(_mm_or_si128(marks, block));
        if (found) return at + (size_t)__builtin_ctz(found);
    }
    return cscan_scalar_plain_end(bytes, at, count);
}

/// Where the text in quotes that `at` stands in ends: at a quote, backslash or line feed.
static inline size_t cscan_quoted_end(const uint8_t *bytes, size_t at, size_t count) {
    for (; at + 16 <= count; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + at));
        __m128i marks = _mm_or_si128(cscan_is(block, '"'), _mm_or_si128(cscan_is(block, '\\'), cscan_is(block, '\n')));
        uint32_t found = (uint32_t)_mm_movemask_epi8(marks);
        if (found) return at + (size_t)__builtin_ctz(found);
    }
    return cscan_scalar_quoted_end(bytes, at, count);
}

/// The first byte from `at` on that no metric name has: outside `[a-zA-Z0-9_:]`.
static inline size_t cscan_name_end(const uint8_t *bytes, size_t at, size_t count) {
    for (; at + 16 <= count; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + at));
        __m128i letters = cscan_between(_mm_or_si128(block, _mm_set1_epi8(0x20)), 'a', 'z');
        // The colon follows the nine.
        __m128i others = _mm_or_si128(cscan_between(block, '0', ':'), cscan_is(block, '_'));
        uint32_t inside = (uint32_t)_mm_movemask_epi8(_mm_or_si128(letters, others));
        if (inside != 0xffff) return at + (size_t)__builtin_ctz(~inside);
    }
    return cscan_scalar_name_end(bytes, at, count);
}

/// The first `byte` from `at` on, or `count`.
static inline size_t cscan_find(const uint8_t *bytes, size_t at, size_t count, uint8_t byte) {
    for (; at + 16 <= count; at += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(bytes + at));
        uint32_t found = (uint32_t)_mm_movemask_epi8(cscan_is(block, byte));
        if (found) return at + (size_t)__builtin_ctz(found);
    }
    return cscan_scalar_find(bytes, at, count, byte);
}

/// How often `byte` is there.
static inline size_t cscan_occurrences(const uint8_t *bytes, size_t count, uint8_t byte) {
    const __m128i zero = _mm_setzero_si128();
    size_t found = 0;
    size_t at = 0;
    while (at + 16 <= count) {
        // Sixteen counters of a byte each are good for 255 blocks.
        __m128i counters = zero;
        for (int block = 0; block < 255 && at + 16 <= count; block++, at += 16) {
            counters = _mm_sub_epi8(counters, cscan_is(_mm_loadu_si128((const __m128i *)(bytes + at)), byte));
        }
        __m128i sums = _mm_sad_epu8(counters, zero);
        found += (size_t)_mm_cvtsi128_si64(sums) + (size_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums));
    }
    return found + cscan_scalar_occurrences(bytes + at, count - at, byte);
}

/// Whether no byte of `at..<end` has its high bit; those before `count` may be read.
static inline bool cscan_is_ascii(const uint8_t *bytes, size_t at, size_t end, size_t count) {
    for (; at + 64 <= end; at += 64) {
        const __m128i *blocks = (const __m128i *)(bytes + at);
        __m128i low = _mm_or_si128(_mm_loadu_si128(blocks), _mm_loadu_si128(blocks + 1));
        __m128i high = _mm_or_si128(_mm_loadu_si128(blocks + 2), _mm_loadu_si128(blocks + 3));
        if (_mm_movemask_epi8(_mm_or_si128(low, high))) return false;
    }
    for (; at < end && at + 16 <= count; at += 16) {
        uint32_t high = (uint32_t)_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(bytes + at)));
        if (end - at < 16) high &= (1u << (end - at)) - 1;
        if (high) return false;
    }
    return at >= end || cscan_scalar_is_ascii(bytes, at, end);
}

/// The bits of the bytes, of 16 each, that are the same.
static inline uint32_t cscan_same(const uint8_t *first, const uint8_t *second) {
    __m128i left = _mm_loadu_si128((const __m128i *)first);
    __m128i right = _mm_loadu_si128((const __m128i *)second);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(left, right));
}

/// Whether two texts of `length` bytes are the same, with `room` readable bytes from the beginning of each.
static inline bool cscan_equal(const uint8_t *first, const uint8_t *second, size_t length, size_t room) {
    if (length <= 16) {
        if (room < 16) return cscan_scalar_equal(first, second, length);
        uint32_t wanted = (1u << length) - 1;
        return (cscan_same(first, second) & wanted) == wanted;
    }
    // The last block overlaps the one before it.
    for (size_t at = 0; at < length - 16; at += 16) {
        if (cscan_same(first + at, second + at) != 0xffff) return false;
    }
    return cscan_same(first + length - 16, second + length - 16) == 0xffff;
}

#else

static inline size_t cscan_plain_end(const uint8_t *bytes, size_t at, size_t count) {
    return cscan_scalar_plain_end(bytes, at, count);
}

static inline size_t cscan_quoted_end(const uint8_t *bytes, size_t at, size_t count) {
    return cscan_scalar_quoted_end(bytes, at, count);
}

static inline size_t cscan_name_end(const uint8_t *bytes, size_t at, size_t count) {
    return cscan_scalar_name_end(bytes, at, count);
}

static inline size_t cscan_find(const uint8_t *bytes, size_t at, size_t count, uint8_t byte) {
    return cscan_scalar_find(bytes, at, count, byte);
}

static inline size_t cscan_occurrences(const uint8_t *bytes, size_t count, uint8_t byte) {
    return cscan_scalar_occurrences(bytes, count, byte);
}

static inline bool cscan_is_ascii(const uint8_t *bytes, size_t at, size_t end, size_t count) {
    (void)count;
    return cscan_scalar_is_ascii(bytes, at, end);
}

static inline bool cscan_equal(const uint8_t *first, const uint8_t *second, size_t length, size_t room) {
    (void)room;
    return cscan_scalar_equal(first, second, length);
}

#endif
