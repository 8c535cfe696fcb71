// SPDX-License-Identifier: Apache-2.0
#include "engine/control/codec/targets.h"

#include "engine/control/codec/text.h"

namespace mtpool::control::codec {

void encode(const admin::TargetView& from, v1::Target& to) {
  const model::Target& target = from.target;
  to.set_id(target.id.value);
  to.set_spec(outgoing(target.spec));
  to.set_chat_id(target.chat.value);
  to.set_title(outgoing(from.title));
  to.set_user_id(target.user.value);
  to.set_history(target.history.text());
  to.set_state(std::string(name(target.state)));
  to.set_why(outgoing(target.why));
  to.set_stored(from.stored);
  to.set_expected(from.expected);
  to.set_interval_s(target.interval.count());
  to.set_next_due_us(micros(target.nextDueAt));
  to.set_last_run_us(micros(target.lastRunAt));
  to.set_last_message_date(from.lastMessageDate);
}

admin::TargetRequest decode(const v1::AddTargets& from) {
  admin::TargetRequest to;
  to.specs.assign(from.specs().begin(), from.specs().end());
  to.userId = from.user_id();
  to.history = from.history();
  to.interval = std::chrono::seconds(from.interval_s());
  return to;
}

}  // namespace mtpool::control::codec
