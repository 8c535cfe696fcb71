// SPDX-License-Identifier: Apache-2.0
#include "engine/control/codec/sessions.h"

#include "engine/control/codec/text.h"

namespace mtpool::control::codec {

void encode(const model::Session& from, v1::Session& to) {
  to.set_id(from.id.value);
  to.set_user_id(from.user.value);
  to.set_account(outgoing(from.account));
  to.set_state(std::string(name(from.state)));
  to.set_dc(from.dc);
  to.set_started_at_us(micros(from.startedAt));
  to.set_channels(from.channels);
  to.set_messages(from.messages);
  to.set_errors(from.errors);
  to.set_messages_per_second(from.messagesPerSecond);
  to.set_target(outgoing(from.target));
  to.set_why(outgoing(from.why));
}

}  // namespace mtpool::control::codec
