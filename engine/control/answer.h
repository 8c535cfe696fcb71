// SPDX-License-Identifier: Apache-2.0
// An answer to a peer: one envelope, or several of one request id where it is long.
#pragma once

#include <cstddef>
#include <vector>

#include "mtpool/control/v1/envelope.pb.h"

namespace mtpool::control {

using Answer = std::vector<v1::Envelope>;

/// A part grows until it holds this much.
inline constexpr std::size_t kPartBytes = 256 * 1024;

/// Rows in as many envelopes as they need, `more` set on all but the last; at least one, so an empty list is
/// an answer too. `listOf(envelope)` gives the repeated field to fill, `write(model, row)` fills one row.
template <class Models, class ListOf, class Write>
Answer inParts(Models& models, ListOf listOf, Write write) {
  Answer parts(1);
  auto* list = listOf(parts.back());
  std::size_t bytes = 0;
  for (auto& model : models) {
    if (bytes >= kPartBytes) {
      parts.back().set_more(true);
      parts.emplace_back();
      list = listOf(parts.back());
      bytes = 0;
    }
    auto* row = list->Add();
    write(model, *row);
    bytes += row->ByteSizeLong();
  }
  return parts;
}

}  // namespace mtpool::control
