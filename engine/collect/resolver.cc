// SPDX-License-Identifier: Apache-2.0
#include "engine/collect/resolver.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/text.h"
#include "engine/collect/chat_title.h"
#include "tl/api/chat.h"
#include "tl/api/dialog.h"
#include "tl/api/peer.h"
#include "tl/api/user_methods.h"

namespace mtpool::collect {

namespace api = tl::api;

namespace {

// Telegram's own rule for public names; collectible ones may have four characters.
constexpr std::size_t kShortestName = 4;
constexpr std::size_t kLongestName = 32;
constexpr std::chrono::hours kTrusted{7 * 24};

bool nameChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::string_view withoutLink(std::string_view text) {
  for (const std::string_view prefix : {"https://", "http://"}) {
    if (text.starts_with(prefix)) {
      text.remove_prefix(prefix.size());
    }
  }
  for (const std::string_view host : {"t.me/s/", "t.me/", "telegram.me/"}) {
    if (text.starts_with(host)) {
      text.remove_prefix(host.size());
      break;
    }
  }
  if (text.ends_with('/')) {
    text.remove_suffix(1);
  }
  return text;
}

const api::Channel* findChannel(const std::vector<api::TypeChat>& chats, std::int64_t id) {
  for (const auto& chat : chats) {
    const auto* channel = chat.as<api::Channel>();
    if (channel != nullptr && channel->id == id) {
      return channel;
    }
  }
  return nullptr;
}

// What is wrong with a name takes its remedy along; the rest says what happened to the account.
Error nameError(const Error& error, const std::string& spec) {
  const auto tell = [&error, &spec](std::string_view what) {
    return Error(error.code(),
                 fmt::format("{}; check the spelling or remove the target with `mtpoolctl target "
                             "remove {}`",
                             what, spec));
  };
  switch (error.code()) {
    case Errc::NotFound:
      return tell(fmt::format("no user or channel has the name {}", spec));
    case Errc::InvalidArgument:
      return tell(fmt::format("Telegram takes {} for no name", spec));
    default:
      return error;
  }
}

}  // namespace

Result<std::string> canonicalSpec(std::string_view text) {
  std::string_view name = withoutLink(trim(text));
  if (name.starts_with('@')) {
    name.remove_prefix(1);
  }
  const bool plain = name.size() >= kShortestName && name.size() <= kLongestName &&
                     std::all_of(name.begin(), name.end(), nameChar) && !(name[0] >= '0' && name[0] <= '9');
  if (!plain) {
    return Error(
        Errc::InvalidArgument,
        fmt::format("\"{}\" is not a public name; write @name or https://t.me/name", printable(text, 80)));
  }
  std::string spec = "@" + std::string(name);
  std::transform(spec.begin(), spec.end(), spec.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return spec;
}

Task<Result<Located>> resolve(pool::Lease& lease, store::StateStore& state, store::MessageStore& messages,
                              const Clock& clock, std::string spec) {
  const model::AccountId account = lease.slot().account.id;
  const std::string username = spec.substr(1);
  MTP_CO_TRY(std::optional<store::Peer> known, co_await state.peer(account, username));
  if (known && clock.wall() - known->at < kTrusted) {
    co_return Located{std::move(*known), true};
  }
  api::contacts::ResolveUsername method;
  method.username = username;
  auto answer = co_await lease.call(std::move(method), pool::kResolveMethod);
  if (known && !answer.ok() && answer.error().code() == Errc::FloodWait) {
    co_return Located{std::move(*known), true};
  }
  if (!answer.ok()) {
    co_return nameError(answer.error(), spec);
  }
  const auto* peer = answer->peer.as<api::PeerChannel>();
  const api::Channel* channel = peer == nullptr ? nullptr : findChannel(answer->chats, peer->channelId);
  if (peer == nullptr) {
    co_return Error(
        Errc::Unsupported,
        fmt::format("{} is a person or a bot, not a channel; only channels and supergroups have a history to "
                    "collect by name",
                    spec));
  }
  if (channel == nullptr || !channel->accessHash) {
    co_return Error(Errc::RpcForbidden,
                    fmt::format("{} is not readable for account {}", spec, lease.slot().account.alias));
  }
  store::Peer found;
  found.account = account;
  found.username = username;
  found.chat = model::ChatId::ofChannel(channel->id);
  found.accessHash = *channel->accessHash;
  found.at = clock.wall();
  MTP_CO_DO(co_await state.savePeer(found));
  model::ChatRow row;
  row.chat = found.chat;
  row.kind = channel->megagroup ? "supergroup" : "channel";
  row.username = cleanUtf8(channel->username.value_or(username));
  row.title = chatTitle(channel->title);
  MTP_CO_DO(co_await messages.saveChat(row));
  co_return Located{std::move(found), false};
}

}  // namespace mtpool::collect
