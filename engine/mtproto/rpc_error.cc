// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/rpc_error.h"

#include <cstdlib>
#include <limits>

#include "engine/base/text.h"

namespace mtpool::mtproto {
namespace {

constexpr std::int32_t kCodeBound = 10000;
constexpr std::size_t kMaxName = 128;

char nameCharacter(char c) {
  if (c >= 'a' && c <= 'z') {
    return static_cast<char>(c - 'a' + 'A');
  }
  const bool allowed = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  return allowed ? c : '_';
}

// Where the argument begins in the text; its length when there is none.
std::size_t argumentAt(std::string_view text) {
  const std::size_t digits = text.find_last_not_of("0123456789") + 1;
  const bool separated = digits >= 2 && text[digits - 1] == '_' && nameCharacter(text[digits - 2]) != '_';
  return separated ? digits : text.size();
}

}  // namespace

RpcError parseRpcError(std::int32_t code, std::string_view text) {
  if (code == 0 || code <= -kCodeBound || code >= kCodeBound || text.empty() || !isCleanUtf8(text)) {
    return {500, "INVALID", std::nullopt};
  }
  RpcError error;
  error.code = std::abs(code);
  const std::size_t digits = argumentAt(text);
  std::string_view name = text;
  if (digits < text.size()) {
    // Digits alone can only fail to parse by being too many.
    error.argument = parseInt(text.substr(digits)).value_or(std::numeric_limits<std::int64_t>::max());
    name = text.substr(0, digits - 1);
  }
  for (const char c : name.substr(0, kMaxName)) {
    error.name += nameCharacter(c);
  }
  return error;
}

}  // namespace mtpool::mtproto
