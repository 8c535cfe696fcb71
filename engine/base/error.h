// SPDX-License-Identifier: Apache-2.0
// The one error type of the product: a code, a sentence a person can act on, and the two numbers errors
// carry.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/errc.h"

namespace mtpool {

class [[nodiscard]] Error {
 public:
  Error(Errc code, std::string text) : code_(code), text_(std::move(text)) {}

  Errc code() const { return code_; }

  Disposition disposition() const { return dispositionOf(code_); }

  /// One sentence, cause first, remedy where there is one; no secret, no trailing newline.
  const std::string& text() const { return text_; }

  /// Set for FloodWait: how long the sender said to wait. Never shortened on the way.
  std::optional<std::chrono::seconds> retryAfter() const { return retryAfter_; }

  /// DC id for Migrate, RPC or transport error number otherwise; 0 where there is none.
  std::int64_t argument() const { return argument_; }

  Error& withRetryAfter(std::chrono::seconds wait) & {
    retryAfter_ = wait;
    return *this;
  }

  Error&& withRetryAfter(std::chrono::seconds wait) && { return std::move(withRetryAfter(wait)); }

  Error&& withArgument(std::int64_t argument) && {
    argument_ = argument;
    return std::move(*this);
  }

  /// Adds where it happened: "history of @x: connection lost".
  Error&& in(std::string_view context) && {
    text_.insert(0, std::string(context) + ": ");
    return std::move(*this);
  }

 private:
  Errc code_;
  std::string text_;
  std::optional<std::chrono::seconds> retryAfter_;
  std::int64_t argument_ = 0;
};

}  // namespace mtpool
