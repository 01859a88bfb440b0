#define _GNU_SOURCE

#include "CCurlShim.h"

#include <pthread.h>
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

void curl_shim_name_thread(const char *name) { (void)pthread_setname_np(pthread_self(), name); }
