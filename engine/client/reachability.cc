// SPDX-License-Identifier: Apache-2.0
#include "engine/client/reachability.h"

namespace mtpool::client {

void Reachability::opened() {
  ++standing_;
  answered();
}

void Reachability::refused(std::string why, WallTime at) {
  note({std::move(why), at, true});
}

void Reachability::failed(std::string why, WallTime at) {
  note({std::move(why), at, false});
}

void Reachability::note(Trouble trouble) {
  if (standing_ > 0) {
    return;
  }
  if (trouble_ && trouble_->refused == trouble.refused) {
    trouble.since = trouble_->since;
  }
  trouble_ = std::move(trouble);
}

}  // namespace mtpool::client
