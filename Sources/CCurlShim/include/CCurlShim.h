// Typed doors to libcurl's variadic functions, which Swift cannot call, and the callbacks, which need no Swift.
#pragma once
#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

// How much of a response's body is read before the connection is given up.
#define CURL_SHIM_BODY_LIMIT (64 * 1024)

// What came back for a request, while it is in flight and after.
typedef struct {
    char error[CURL_ERROR_SIZE];
    char *message;  // the beginning of the body, in memory of the caller's
    size_t message_size;
    size_t message_length;
    size_t body_length;
    bool is_interim;        // the headers being read are those of a 1xx answer
    bool headers_complete;  // a final answer's headers have arrived whole
    bool may_say_written;   // a header of remote write 2.0 has come that says what was stored
} curl_shim_answer;

static inline CURLcode curl_shim_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

// Of a string, libcurl keeps a copy; of post fields, an error buffer and a header list, the pointer.
static inline CURLcode curl_shim_set_pointer(CURL *easy, CURLoption option, const void *value) {
    return curl_easy_setopt(easy, option, value);
}

// Bytes, which libcurl copies; none: the option's default.
static inline CURLcode curl_shim_set_bytes(CURL *easy, CURLoption option, const void *bytes, size_t length) {
    struct curl_blob blob = {(void *)bytes, length, CURL_BLOB_COPY};
    return curl_easy_setopt(easy, option, bytes == NULL ? NULL : &blob);
}

static inline CURLcode curl_shim_set_post_size(CURL *easy, curl_off_t size) {
    return curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, size);
}

static inline long curl_shim_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

// A text of libcurl's, good until the handle is used again; NULL where there is none.
static inline const char *curl_shim_get_text(CURL *easy, CURLINFO info) {
    char *value = NULL;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

static inline curl_off_t curl_shim_get_off_t(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

// A number of the caller's, to know a handle again when libcurl gives it back.
static inline CURLcode curl_shim_set_slot(CURL *easy, size_t slot) {
    return curl_easy_setopt(easy, CURLOPT_PRIVATE, (char *)slot);
}

static inline size_t curl_shim_get_slot(CURL *easy) {
    char *slot = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &slot);
    return (size_t)slot;
}

static inline void curl_shim_keep_connections(CURLM *multi, long count) {
    (void)curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, count);
}

// The next transfer that is over: true, and which and how; false where there is none.
static inline bool curl_shim_next_done(CURLM *multi, CURL **easy, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg != CURLMSG_DONE) continue;
        *easy = message->easy_handle;
        *result = message->data.result;
        return true;
    }
    return false;
}

// The text of an answer: Swift sees arrays in structs as tuples.
static inline const char *curl_shim_error(const curl_shim_answer *answer) { return answer->error; }

// From now on what the handle receives goes to `answer`, which outlives the handle.
CURLcode curl_shim_collect(CURL *easy, curl_shim_answer *answer);

// Forgets the last answer.
void curl_shim_clear(curl_shim_answer *answer);

// How many bytes of bodies are held together, and may be.
typedef struct {
    size_t held;
    size_t limit;
} curl_shim_budget;

// A body that is kept whole, or as far as nobody has taken it yet.
typedef struct {
    unsigned char *bytes;
    size_t length;
    size_t capacity;
    size_t limit;
    bool is_over;  // more came than there was room for
    curl_shim_budget *budget;
} curl_shim_body;

// From now on the bodies that the handle receives go to `body`, which outlives the handle; it begins with a limit and a
// budget, and nothing else.
CURLcode curl_shim_collect_body(CURL *easy, curl_shim_body *body);

// Forgets the bytes, and gives back their memory.
void curl_shim_release_body(curl_shim_body *body);

// A header of the last answer; NULL where it has none.
static inline const char *curl_shim_get_header(CURL *easy, const char *name) {
    struct curl_header *header = NULL;
    if (curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK) return NULL;
    return header->value;
}

// Names the calling thread, for those who look at threads; at most 15 bytes.
void curl_shim_name_thread(const char *name);
