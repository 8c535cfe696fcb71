// SPDX-License-Identifier: Apache-2.0
// Factoring pq of the key exchange.
#pragma once

#include <cstdint>
#include <utility>

#include "engine/base/result.h"

namespace mtpool::crypto {

/// pq = p * q with p < q, both odd primes, pq < 2^63. Brent's method, about 0.4 ms; at most a fixed number of
/// steps. Errc::SecurityCheck for primes, squares, even or larger numbers, and when the step limit is
/// reached: an honest server never sends those.
Result<std::pair<std::uint64_t, std::uint64_t>> factorPq(std::uint64_t pq);

}  // namespace mtpool::crypto
