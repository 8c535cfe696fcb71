// SPDX-License-Identifier: Apache-2.0
// Frames of the control socket as bytes, without I/O: a 4-byte big-endian length, then one Envelope.
//
// What a peer sends is untrusted: its size is judged before memory is taken for it, its depth and its number
// of fields before it is parsed (two bytes on the wire can become a hundred in memory), and what this version
// does not know is thrown away.
#pragma once

#include <string>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

#include "mtpool/control/v1/envelope.pb.h"

namespace mtpool::control {

inline constexpr std::size_t kFrameHeaderBytes = 4;
/// The largest frame towards the engine.
inline constexpr std::size_t kMaxFrameBytes = 1024 * 1024;
/// How deep messages may lie in each other, and how many fields a frame may hold in all.
inline constexpr int kMaxFrameDepth = 32;
inline constexpr int kMaxFrameFields = 64 * 1024;

/// Body length from the 4 bytes of a header. Errc::LimitExceeded above kMaxFrameBytes, Errc::Malformed for 0.
Result<std::size_t> parseFrameHeader(ByteView header);

/// The body of a frame. Errc::Malformed or LimitExceeded; unknown fields are gone from the result.
Result<v1::Envelope> parseEnvelope(ByteView body);

/// Header and body, ready to send.
std::string encodeFrame(const v1::Envelope& envelope);

}  // namespace mtpool::control
