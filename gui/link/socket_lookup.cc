// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/link/socket_lookup.h"

namespace mtpool::gui {

QStringList socketCandidates(const SocketHints& hints) {
  if (!hints.option.isEmpty()) {
    return {hints.option};
  }
  if (!hints.socketVariable.isEmpty()) {
    return {hints.socketVariable};
  }
  QStringList candidates;
  if (!hints.runtimeDir.isEmpty()) {
    candidates.append(hints.runtimeDir + QStringLiteral("/mtpool/mtpool.sock"));
  } else if (!hints.stateHome.isEmpty()) {
    candidates.append(hints.stateHome + QStringLiteral("/mtpool/mtpool.sock"));
  } else if (!hints.home.isEmpty()) {
    candidates.append(hints.home + QStringLiteral("/.local/state/mtpool/mtpool.sock"));
  }
  candidates.append(QStringLiteral("/run/mtpool/mtpool.sock"));
  return candidates;
}

}  // namespace mtpool::gui
