// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error, with the names of std::expected (which g++ 12 does not have).
//
//   Result<int> parse(ByteView);
//   MTP_TRY(const int n, parse(bytes));       // in a function returning Result
//   MTP_CO_TRY(const int n, co_await read()); // in a coroutine returning Task<Result<…>>
//   MTP_DO(check());  MTP_CO_DO(co_await write());   // for Result<void>
//
// g++ 12 miscompiles braced temporaries and capturing lambdas inside a full expression with co_await:
// name the argument on the line before.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include "engine/base/check.h"
#include "engine/base/error.h"

namespace mtpool {

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  // Implicit on purpose: `return value;` and `return Error(…);` both read well.
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)

  Result(Error error)
      : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }

  explicit operator bool() const { return ok(); }

  T& value() & {
    MTP_CHECK(ok());
    return *std::get_if<0>(&state_);
  }

  const T& value() const& {
    MTP_CHECK(ok());
    return *std::get_if<0>(&state_);
  }

  T&& value() && {
    MTP_CHECK(ok());
    return std::move(*std::get_if<0>(&state_));
  }

  T& operator*() & { return value(); }

  const T& operator*() const& { return value(); }

  T&& operator*() && { return std::move(*this).value(); }

  T* operator->() { return &value(); }

  const T* operator->() const { return &value(); }

  template <class U>
  T valueOr(U&& other) && {
    return ok() ? std::move(*this).value() : static_cast<T>(std::forward<U>(other));
  }

  Error& error() & {
    MTP_CHECK(!ok());
    return *std::get_if<1>(&state_);
  }

  const Error& error() const& {
    MTP_CHECK(!ok());
    return *std::get_if<1>(&state_);
  }

  Error&& error() && {
    MTP_CHECK(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;

  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }

  explicit operator bool() const { return ok(); }

  void value() const { MTP_CHECK(ok()); }

  Error& error() & {
    MTP_CHECK(!ok());
    return *std::get_if<1>(&state_);
  }

  const Error& error() const& {
    MTP_CHECK(!ok());
    return *std::get_if<1>(&state_);
  }

  Error&& error() && {
    MTP_CHECK(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  std::variant<std::monostate, Error> state_;
};

}  // namespace mtpool

#define MTP_JOIN_INNER(a, b) a##b
#define MTP_JOIN(a, b) MTP_JOIN_INNER(a, b)

#define MTP_TRY_AS(hidden, decl, expr) \
  auto hidden = (expr);                \
  if (!hidden.ok()) [[unlikely]] {     \
    return std::move(hidden).error();  \
  }                                    \
  decl = std::move(hidden).value()
#define MTP_TRY(decl, expr) MTP_TRY_AS(MTP_JOIN(mtpTried, __COUNTER__), decl, expr)

#define MTP_CO_TRY_AS(hidden, decl, expr) \
  auto hidden = (expr);                   \
  if (!hidden.ok()) [[unlikely]] {        \
    co_return std::move(hidden).error();  \
  }                                       \
  decl = std::move(hidden).value()
#define MTP_CO_TRY(decl, expr) MTP_CO_TRY_AS(MTP_JOIN(mtpTried, __COUNTER__), decl, expr)

#define MTP_DO_AS(hidden, expr)         \
  do {                                  \
    auto hidden = (expr);               \
    if (!hidden.ok()) [[unlikely]] {    \
      return std::move(hidden).error(); \
    }                                   \
  } while (false)
#define MTP_DO(expr) MTP_DO_AS(MTP_JOIN(mtpTried, __COUNTER__), expr)

#define MTP_CO_DO_AS(hidden, expr)         \
  do {                                     \
    auto hidden = (expr);                  \
    if (!hidden.ok()) [[unlikely]] {       \
      co_return std::move(hidden).error(); \
    }                                      \
  } while (false)
#define MTP_CO_DO(expr) MTP_CO_DO_AS(MTP_JOIN(mtpTried, __COUNTER__), expr)
