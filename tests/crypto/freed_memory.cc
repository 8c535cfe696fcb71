// SPDX-License-Identifier: Apache-2.0
#include "tests/crypto/freed_memory.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <new>

namespace mtpool::crypto {
namespace {

thread_local ByteView watched;
thread_local bool seen = false;

void lookThrough(const void* block) {
  if (block == nullptr || watched.empty()) {
    return;
  }
  const auto* begin = static_cast<const Byte*>(block);
  const Byte* end = begin + ::malloc_usable_size(const_cast<void*>(block));
  seen = seen || std::search(begin, end, watched.begin(), watched.end()) != end ||
         std::search(begin, end, std::make_reverse_iterator(watched.end()),
                     std::make_reverse_iterator(watched.begin())) != end;
}

}  // namespace

FreedMemory::FreedMemory(ByteView secret) {
  seen = false;
  watched = secret;
}

FreedMemory::~FreedMemory() {
  watched = {};
}

bool FreedMemory::heldTheSecret() const {
  return seen;
}

}  // namespace mtpool::crypto

void* operator new(std::size_t size) {
  void* block = std::malloc(size == 0 ? 1 : size);
  if (block == nullptr) {
    throw std::bad_alloc();
  }
  return block;
}

void operator delete(void* block) noexcept {
  mtpool::crypto::lookThrough(block);
  std::free(block);
}

void operator delete(void* block, std::size_t /*size*/) noexcept {
  ::operator delete(block);
}
