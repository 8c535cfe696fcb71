// SPDX-License-Identifier: Apache-2.0
#include "engine/control/codec/failure.h"

#include "engine/control/codec/text.h"

namespace mtpool::control::codec {

void encode(const Error& from, v1::Failure& to) {
  to.set_code(std::string(name(from.code())));
  to.set_text(outgoing(from.text()));
  if (const auto wait = from.retryAfter()) {
    to.set_retry_after_ms(std::chrono::milliseconds(*wait).count());
  }
}

}  // namespace mtpool::control::codec
