// SPDX-License-Identifier: Apache-2.0
// Bounds on what a single packet may make us do. A packet is untrusted: whatever it says about counts and
// nesting, decoding it costs bounded time and memory.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mtpool::tl {

/// Elements of one vector; a count must also fit the bytes that are left (4 bytes an element at least).
inline constexpr std::uint32_t kMaxVectorCount = 100'000;

/// Boxed objects inside one another.
inline constexpr std::uint32_t kMaxDepth = 32;

/// Boxed objects and vector elements of one packet.
inline constexpr std::uint32_t kMaxNodes = 1'000'000;

/// Memory that decoded vector elements of one packet may take: small on the wire, an element can be a
/// kilobyte here.
inline constexpr std::size_t kMaxDecodedBytes = std::size_t{64} << 20;

/// Longest string TL can carry.
inline constexpr std::size_t kMaxStringSize = (std::size_t{1} << 24) - 1;

inline constexpr std::uint32_t kVectorId = 0x1cb5c415;
inline constexpr std::uint32_t kBoolTrueId = 0x997275b5;
inline constexpr std::uint32_t kBoolFalseId = 0xbc799737;

}  // namespace mtpool::tl
