// SPDX-License-Identifier: Apache-2.0
#include "engine/client/reachability.h"

namespace mtpool::client {

void Reachability::opened() {
  ++standing_;
  answered();
}

void Reachability::failed(std::string why, WallTime at) {
  if (standing_ > 0) {
    return;
  }
  trouble_ = Trouble{std::move(why), trouble_ ? trouble_->since : at};
}

}  // namespace mtpool::client
