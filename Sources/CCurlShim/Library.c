// libcurl, loaded by whoever calls it first. Linked in, it and the thirty libraries behind it would take as long as all the
// rest of the start; so they are loaded by the thread that sends, while the others begin to listen.

#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stddef.h>

#include "CCurlShim.h"

#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

// What is called of it: result, name, parameters, arguments. Those without a result are apart.
#define FUNCTIONS(DO)                                                                                                       \
    DO(CURL *, curl_easy_init, (void), ())                                                                                  \
    DO(const char *, curl_easy_strerror, (CURLcode code), (code))                                                           \
    DO(CURLHcode, curl_easy_header,                                                                                         \
       (CURL * easy, const char *name, size_t index, unsigned int origin, int request, struct curl_header **header),        \
       (easy, name, index, origin, request, header))                                                                        \
    DO(CURLM *, curl_multi_init, (void), ())                                                                                \
    DO(CURLMcode, curl_multi_cleanup, (CURLM * multi), (multi))                                                             \
    DO(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL *easy), (multi, easy))                                        \
    DO(CURLMcode, curl_multi_remove_handle, (CURLM * multi, CURL *easy), (multi, easy))                                     \
    DO(CURLMcode, curl_multi_perform, (CURLM * multi, int *running), (multi, running))                                      \
    DO(CURLMcode, curl_multi_poll,                                                                                          \
       (CURLM * multi, struct curl_waitfd others[], unsigned int count, int timeout, int *ready),                           \
       (multi, others, count, timeout, ready))                                                                              \
    DO(CURLMcode, curl_multi_wakeup, (CURLM * multi), (multi))                                                              \
    DO(CURLMsg *, curl_multi_info_read, (CURLM * multi, int *left), (multi, left))                                          \
    DO(struct curl_slist *, curl_slist_append, (struct curl_slist * list, const char *line), (list, line))                  \
    DO(CURLU *, curl_url, (void), ())                                                                                       \
    DO(CURLUcode, curl_url_get, (CURLU * url, CURLUPart part, char **text, unsigned int flags),                             \
       (url, part, text, flags))                                                                                            \
    DO(CURLUcode, curl_url_set, (CURLU * url, CURLUPart part, const char *text, unsigned int flags),                        \
       (url, part, text, flags))

#define PROCEDURES(DO)                                                                                                      \
    DO(void, curl_easy_cleanup, (CURL * easy), (easy))                                                                      \
    DO(void, curl_free, (void *memory), (memory))                                                                           \
    DO(void, curl_slist_free_all, (struct curl_slist * list), (list))                                                       \
    DO(void, curl_url_cleanup, (CURLU * url), (url))

#define POINTER(result, name, parameters, arguments) result(*name) parameters;
#define RESOLVED(result, name, parameters, arguments) resolve(library, #name, (void **)&loaded.name) &&

static struct {
    CURLcode (*curl_global_init)(long flags);
    CURLcode (*curl_easy_setopt)(CURL *easy, CURLoption option, ...);
    CURLcode (*curl_easy_getinfo)(CURL *easy, CURLINFO info, ...);
    CURLMcode (*curl_multi_setopt)(CURLM *multi, CURLMoption option, ...);
    FUNCTIONS(POINTER)
    PROCEDURES(POINTER)
} loaded;

static bool is_loaded;

static bool resolve(void *library, const char *name, void **function) { return (*function = dlsym(library, name)) != NULL; }

static void load(void) {
    void *library = dlopen("libcurl.so.4", RTLD_LAZY | RTLD_LOCAL);
    is_loaded = library != NULL && FUNCTIONS(RESOLVED) PROCEDURES(RESOLVED)
        resolve(library, "curl_global_init", (void **)&loaded.curl_global_init) &&
        resolve(library, "curl_easy_setopt", (void **)&loaded.curl_easy_setopt) &&
        resolve(library, "curl_easy_getinfo", (void **)&loaded.curl_easy_getinfo) &&
        resolve(library, "curl_multi_setopt", (void **)&loaded.curl_multi_setopt);
}

static bool is_ready(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    return pthread_once(&once, load) == 0 && is_loaded;
}

// Without the library nobody comes by a handle; what is answered to calls that need one is no matter.
#define FUNCTION(result, name, parameters, arguments) \
    result name parameters { return is_ready() ? loaded.name arguments : (result)0; }
#define PROCEDURE(result, name, parameters, arguments) \
    result name parameters {                           \
        if (is_ready()) loaded.name arguments;         \
    }
FUNCTIONS(FUNCTION)
PROCEDURES(PROCEDURE)

CURLcode curl_global_init(long flags) { return is_ready() ? loaded.curl_global_init(flags) : CURLE_FAILED_INIT; }

// What follows the option is one word: a long, a curl_off_t or a pointer.
#define VARIADIC(result, name, handle, kind)       \
    result name(handle, kind option, ...) {        \
        va_list rest;                              \
        va_start(rest, option);                    \
        void *value = va_arg(rest, void *);        \
        va_end(rest);                              \
        return loaded.name(object, option, value); \
    }
VARIADIC(CURLcode, curl_easy_setopt, CURL *object, CURLoption)
VARIADIC(CURLcode, curl_easy_getinfo, CURL *object, CURLINFO)
VARIADIC(CURLMcode, curl_multi_setopt, CURLM *object, CURLMoption)

_Static_assert(sizeof(long) == sizeof(void *) && sizeof(curl_off_t) == sizeof(void *), "one word each");
