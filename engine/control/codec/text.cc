// SPDX-License-Identifier: Apache-2.0
#include "engine/control/codec/text.h"

#include "engine/base/text.h"
#include "engine/config/redact.h"

namespace mtpool::control::codec {

std::string outgoing(std::string_view text) {
  return cleanUtf8(text);
}

std::string withoutPasswords(std::string_view text) {
  return outgoing(config::withoutPasswords(text));
}

}  // namespace mtpool::control::codec
