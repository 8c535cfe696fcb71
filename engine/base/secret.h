// SPDX-License-Identifier: Apache-2.0
// Secret<T>: keys, passwords, tokens. It has no formatter and no stream operator, so printing one does not
// compile; its memory is wiped when it ends. reveal() is the one door and easy to grep for.
#pragma once

#include <string>
#include <utility>

#include "engine/base/bytes.h"

namespace mtpool {

/// Overwrites memory in a way the compiler may not remove.
void wipe(void* data, std::size_t size);

template <class T>
class Secret {
 public:
  Secret() = default;

  explicit Secret(T value) : value_(std::move(value)) {}

  Secret(const Secret&) = default;

  Secret& operator=(const Secret& other) {
    if (this != &other) {
      clear();
      value_ = other.value_;
    }
    return *this;
  }

  Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.clear(); }

  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      clear();
      value_ = std::move(other.value_);
      other.clear();
    }
    return *this;
  }

  ~Secret() { clear(); }

  const T& reveal() const { return value_; }

  T& revealMutable() { return value_; }

  bool empty() const { return value_.empty(); }

  void clear() {
    if (!value_.empty()) {
      wipe(value_.data(), value_.size() * sizeof(*value_.data()));
    }
    if constexpr (requires { value_.clear(); }) {
      value_.clear();
    }
  }

 private:
  T value_{};
};

using SecretString = Secret<std::string>;
using SecretBytes = Secret<Bytes>;

}  // namespace mtpool
