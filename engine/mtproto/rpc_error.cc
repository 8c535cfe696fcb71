// SPDX-License-Identifier: Apache-2.0
#include "engine/mtproto/rpc_error.h"

#include <cstdlib>

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

}  // namespace

RpcError parseRpcError(std::int32_t code, std::string_view text) {
  if (code == 0 || code <= -kCodeBound || code >= kCodeBound || text.empty() || !isCleanUtf8(text)) {
    return {500, "INVALID", 0};
  }
  RpcError error;
  error.code = std::abs(code);
  for (const char c : text.substr(0, kMaxName)) {
    error.name += nameCharacter(c);
  }
  const std::size_t cut = error.name.rfind('_');
  if (cut == std::string::npos || cut == 0 || cut + 1 == error.name.size()) {
    return error;
  }
  const std::string_view digits = std::string_view(error.name).substr(cut + 1);
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return error;
  }
  if (const auto argument = parseInt(digits)) {
    error.argument = *argument;
    error.name.resize(cut);
  }
  return error;
}

}  // namespace mtpool::mtproto
