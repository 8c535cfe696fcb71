// SPDX-License-Identifier: Apache-2.0
#include "engine/control/codec/accounts.h"

#include "engine/control/codec/text.h"

namespace mtpool::control::codec {

namespace {

v1::LoginReply::Step stepOf(admin::LoginStep step) {
  switch (step) {
    case admin::LoginStep::Code:
      return v1::LoginReply::STEP_CODE;
    case admin::LoginStep::Password:
      return v1::LoginReply::STEP_PASSWORD;
    case admin::LoginStep::Done:
      return v1::LoginReply::STEP_DONE;
  }
  return v1::LoginReply::STEP_UNSPECIFIED;
}

}  // namespace

void encode(const admin::AccountView& from, v1::Account& to) {
  const model::Account& account = from.account;
  to.set_alias(outgoing(account.alias));
  to.set_telegram_id(account.telegramId);
  to.set_kind(std::string(name(account.kind)));
  to.set_user_id(account.user.value);
  to.set_phone_masked(outgoing(account.phoneMasked));
  to.set_username(outgoing(account.username));
  to.set_dc(account.homeDc);
  to.set_state(std::string(name(account.state)));
  to.set_why(outgoing(account.why));
  to.set_connected(from.connected);
  to.set_wait_until_us(micros(from.waitUntil));
  to.set_added_at_us(micros(account.addedAt));
  to.set_last_used_at_us(micros(account.lastUsedAt));
}

void encode(const admin::LoginState& from, v1::LoginReply& to) {
  to.set_login_id(outgoing(from.loginId));
  to.set_step(stepOf(from.step));
  to.set_hint(outgoing(from.hint));
  to.set_deadline_ms(from.deadline.count());
  if (from.account) {
    encode(*from.account, *to.mutable_account());
  }
}

admin::LoginRequest decode(v1::StartLogin& from) {
  admin::LoginRequest to;
  to.alias = from.alias();
  to.phone = from.phone();
  to.botToken = takeSecret(*from.mutable_bot_token());
  to.userId = from.user_id();
  to.again = from.again();
  return to;
}

SecretString takeSecret(std::string& from) {
  SecretString secret(from);
  wipe(from.data(), from.size());
  from.clear();
  return secret;
}

}  // namespace mtpool::control::codec
