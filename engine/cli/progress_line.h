// SPDX-License-Identifier: Apache-2.0
// How far a collection is, in one line.
#pragma once

#include <string>

#include "mtpool/control/v1/collection.pb.h"

namespace mtpool::cli {

/// "2 of 3 targets, 12,345 of 30,000 messages (41 %), 512/s, 00:34 left", and why nothing moves.
std::string progressWords(const ::mtpool::control::v1::Progress& progress);

/// The same behind a bar, cut to `width` columns, ready to be drawn over the last one.
std::string progressBar(const ::mtpool::control::v1::Progress& progress, std::size_t width);

}  // namespace mtpool::cli
