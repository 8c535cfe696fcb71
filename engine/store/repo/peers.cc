// SPDX-License-Identifier: Apache-2.0
#include "engine/store/repo/peers.h"

#include <algorithm>
#include <string>

#include "engine/base/text.h"

namespace mtpool::store {

namespace {

// Usernames are ASCII.
std::string lower(std::string_view username) {
  std::string text = cleanUtf8(username);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

Peer readPeer(const Row& row) {
  Peer peer;
  peer.account = model::AccountId(row.integer(0));
  peer.chat = model::ChatId{row.integer(1)};
  peer.username = row.string(2);
  peer.accessHash = row.integer(3);
  peer.at = WallTime(std::chrono::microseconds(row.integer(4)));
  return peer;
}

}  // namespace

Result<void> storePeer(Executor& executor, const Peer& peer) {
  constexpr Statement kLeave =
      "UPDATE peers SET username = NULL WHERE account_id = $1 AND username = $2 AND chat_id <> $3";
  constexpr Statement kStore =
      "INSERT INTO peers (account_id, chat_id, username, access_hash, at_us) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (account_id, chat_id) DO UPDATE SET username = excluded.username,"
      " access_hash = excluded.access_hash, at_us = excluded.at_us";
  const std::string username = lower(peer.username);
  MTP_DO(executor.exec(kLeave, {peer.account, username, peer.chat.value}));
  MTP_DO(executor.exec(kStore, {peer.account, peer.chat.value, textOrNull(username), peer.accessHash,
                                peer.at.time_since_epoch().count()}));
  return {};
}

Result<std::optional<Peer>> findPeer(Executor& executor, model::AccountId account,
                                     std::string_view username) {
  constexpr Statement kFind =
      "SELECT account_id, chat_id, username, access_hash, at_us FROM peers WHERE account_id = $1 AND "
      "username = $2";
  std::optional<Peer> found;
  const auto read = [&found](const Row& row) { found = readPeer(row); };
  const std::string name = lower(username);
  MTP_DO(executor.query(kFind, {account, name}, read));
  return found;
}

Result<void> deletePeer(Executor& executor, model::AccountId account, model::ChatId chat) {
  constexpr Statement kDelete = "DELETE FROM peers WHERE account_id = $1 AND chat_id = $2";
  MTP_DO(executor.exec(kDelete, {account, chat.value}));
  return {};
}

}  // namespace mtpool::store
