#define _GNU_SOURCE

#include "CCurlShim.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char written_prefix[] = "X-Prometheus-Remote-Write-";

static size_t receive_header(char *line, size_t size, size_t count, void *context) {
    curl_shim_answer *answer = context;
    size_t length = size * count;
    if (length >= 5 && memcmp(line, "HTTP/", 5) == 0) {
        const char *blank = memchr(line, ' ', length);
        answer->is_interim = blank != NULL && blank + 1 < line + length && blank[1] == '1';
        answer->headers_complete = false;
    } else if (length <= 2 && !answer->is_interim) {
        answer->headers_complete = true;
    } else if (length > sizeof written_prefix && strncasecmp(line, written_prefix, sizeof written_prefix - 1) == 0) {
        answer->may_say_written = true;
    }
    return length;
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *context) {
    curl_shim_answer *answer = context;
    size_t length = size * count;
    size_t room = answer->message_size - answer->message_length;
    size_t kept = length < room ? length : room;
    memcpy(answer->message + answer->message_length, bytes, kept);
    answer->message_length += kept;
    answer->body_length += length;
    // Any other number than the length ends the transfer and the connection.
    return answer->body_length > CURL_SHIM_BODY_LIMIT ? 0 : length;
}

CURLcode curl_shim_collect(CURL *easy, curl_shim_answer *answer) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, answer->error);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_header);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HEADERDATA, answer);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_WRITEDATA, answer);
    return code;
}

void curl_shim_clear(curl_shim_answer *answer) {
    answer->error[0] = 0;
    answer->message_length = 0;
    answer->body_length = 0;
    answer->is_interim = false;
    answer->headers_complete = false;
    answer->may_say_written = false;
}

static size_t keep_body(char *bytes, size_t size, size_t count, void *context) {
    curl_shim_body *body = context;
    size_t length = size * count;
    if (length > body->limit - body->length) {
        body->is_over = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (body->length + length > body->capacity) {
        size_t capacity = body->capacity * 2 > body->length + length ? body->capacity * 2 : body->length + length;
        size_t more = capacity - body->capacity;
        if (body->budget->held + more > body->budget->limit) {
            body->is_over = true;
            return CURL_WRITEFUNC_ERROR;
        }
        unsigned char *memory = realloc(body->bytes, capacity);
        if (memory == NULL) return CURL_WRITEFUNC_ERROR;
        body->budget->held += more;
        body->bytes = memory;
        body->capacity = capacity;
    }
    memcpy(body->bytes + body->length, bytes, length);
    body->length += length;
    return length;
}

CURLcode curl_shim_collect_body(CURL *easy, curl_shim_body *body) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep_body);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_WRITEDATA, body);
    return code;
}

void curl_shim_release_body(curl_shim_body *body) {
    body->budget->held -= body->capacity;
    free(body->bytes);
    body->bytes = NULL;
    body->length = 0;
    body->capacity = 0;
}

void curl_shim_name_thread(const char *name) { (void)pthread_setname_np(pthread_self(), name); }
