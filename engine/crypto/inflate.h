// SPDX-License-Identifier: Apache-2.0
// gzip_packed: inflating within bounds, and packing.
#pragma once

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace mtpool::crypto {

/// gzip (RFC 1952) or zlib (RFC 1950) header. Output grows up to min(10 MiB, 64 KiB + 200 x input), then
/// Errc::LimitExceeded; anything that does not inflate exactly is Errc::Malformed. Replaces the content of
/// `out`, whose capacity is reused.
Result<void> inflate(ByteView packed, Bytes& out);

/// The same for one of several streams that come together: `budget` bounds the output too and is lowered by
/// it, on failure by all that the stream might have become, so that broken ones are not free.
Result<void> inflate(ByteView packed, Bytes& out, std::size_t& budget);

/// gzip, level 6.
Bytes deflateGzip(ByteView plain);

}  // namespace mtpool::crypto
