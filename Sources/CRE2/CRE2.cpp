#include "CRE2.h"

#include <re2/re2.h>

#include <cstring>
#include <new>
#include <string>
#include <vector>

namespace {

const RE2 *expression(const cre2_regex *regex) { return reinterpret_cast<const RE2 *>(regex); }

}  // namespace

cre2_regex *cre2_compile(const char *pattern, size_t length, char *reason, size_t room) {
    RE2::Options options;
    options.set_log_errors(false);
    RE2 *regex = new (std::nothrow) RE2(re2::StringPiece(pattern, length), options);
    if (regex != nullptr && regex->ok()) return reinterpret_cast<cre2_regex *>(regex);
    const std::string error = regex == nullptr ? "no memory" : regex->error();
    if (room > 0) {
        const size_t count = error.size() < room - 1 ? error.size() : room - 1;
        std::memcpy(reason, error.data(), count);
        reason[count] = 0;
    }
    delete regex;
    return nullptr;
}

void cre2_delete(cre2_regex *regex) { delete reinterpret_cast<RE2 *>(regex); }

int cre2_group_count(const cre2_regex *regex) { return expression(regex)->NumberOfCapturingGroups(); }

int cre2_group_named(const cre2_regex *regex, const char *name, size_t length) {
    const auto &groups = expression(regex)->NamedCapturingGroups();
    const auto found = groups.find(std::string(name, length));
    return found == groups.end() ? 0 : found->second;
}

int cre2_match(const cre2_regex *regex, const char *text, size_t length, ptrdiff_t *ranges, int groups) {
    const re2::StringPiece whole(length == 0 ? "" : text, length);
    if (groups == 0) return expression(regex)->Match(whole, 0, length, RE2::UNANCHORED, nullptr, 0);
    std::vector<re2::StringPiece> found(groups);
    if (!expression(regex)->Match(whole, 0, length, RE2::UNANCHORED, found.data(), groups)) return 0;
    for (int group = 0; group < groups; group++) {
        const bool isThere = found[group].data() != nullptr;
        ranges[2 * group] = isThere ? found[group].data() - whole.data() : -1;
        ranges[2 * group + 1] = isThere ? ranges[2 * group] + static_cast<ptrdiff_t>(found[group].size()) : -1;
    }
    return 1;
}
