// SPDX-License-Identifier: Apache-2.0
#include "engine/store/repo/chats.h"

#include "engine/base/text.h"

namespace mtpool::store {

Result<void> storeChat(Executor& executor, const model::ChatRow& chat, std::int64_t now) {
  constexpr Statement kStore =
      "INSERT INTO chats (id, kind, username, title, updated_at) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, username = excluded.username, title = "
      "excluded.title,"
      " updated_at = excluded.updated_at WHERE chats.kind <> excluded.kind"
      " OR chats.username IS DISTINCT FROM excluded.username OR chats.title <> excluded.title";
  const std::string username = cleanUtf8(chat.username);
  const std::string title = cleanUtf8(chat.title);
  MTP_DO(executor.exec(kStore, {chat.chat.value, chat.kind, textOrNull(username), title, now}));
  return {};
}

}  // namespace mtpool::store
