// SPDX-License-Identifier: Apache-2.0
// gzip_packed, which may stand wherever an object can; at most once.
#pragma once

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace mtpool::mtproto {

/// What all objects of one packet together may inflate to. A container holds up to 1024 of them, and each
/// alone may grow to crypto/inflate's bound.
inline constexpr std::size_t kInflatedPerPacket = std::size_t{16} << 20;

/// The object itself, or what was packed in it, inflated into `storage` and taken from `budget`. Malformed
/// for nested packing and broken streams, LimitExceeded above crypto/inflate's bound or the budget.
Result<ByteView> unpacked(ByteView object, Bytes& storage, std::size_t& budget);

/// gzip_packed of the object when that is larger than `above` bytes and packing makes it smaller, yet not so
/// much that unpacked() would take it for a bomb; else empty. What is packed already stays as it is.
Bytes packedIfSmaller(ByteView object, std::size_t above);

}  // namespace mtpool::mtproto
