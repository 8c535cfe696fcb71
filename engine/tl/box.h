// SPDX-License-Identifier: Apache-2.0
// Box<T>: a T on the heap with value semantics, for TL types that contain themselves. Copies deeply; never
// empty, except after being moved from, when it may only be assigned or destroyed.
#pragma once

#include <memory>
#include <utility>

namespace mtpool::tl {

template <class T>
class Box {
 public:
  Box() : held_(std::make_unique<T>()) {}

  Box(T value) : held_(std::make_unique<T>(std::move(value))) {}  // NOLINT(google-explicit-constructor)

  Box(const Box& other) : held_(std::make_unique<T>(*other)) {}

  Box(Box&&) noexcept = default;
  ~Box() = default;

  Box& operator=(const Box& other) {
    if (this != &other) {
      held_ = std::make_unique<T>(*other);
    }
    return *this;
  }

  Box& operator=(Box&&) noexcept = default;

  T& operator*() { return *held_; }

  const T& operator*() const { return *held_; }

  T* operator->() { return held_.get(); }

  const T* operator->() const { return held_.get(); }

 private:
  std::unique_ptr<T> held_;
};

}  // namespace mtpool::tl
