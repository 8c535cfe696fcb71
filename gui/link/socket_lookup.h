// SPDX-License-Identifier: GPL-3.0-or-later
// Where a client looks for the engine's socket.
#pragma once

#include <QString>
#include <QStringList>

namespace mtpool::gui {

/// What the process was told; filled by main, which alone reads the environment. Empty = unset.
struct SocketHints {
  QString option;          // --socket
  QString socketVariable;  // $MTPOOL_SOCKET
  QString runtimeDir;      // $XDG_RUNTIME_DIR
  QString stateHome;       // $XDG_STATE_HOME
  QString home;            // $HOME
};

/// The places to try, in order; never empty. A place that was named on purpose is the only one: falling
/// through to another engine would show, and change, the wrong one.
QStringList socketCandidates(const SocketHints& hints);

}  // namespace mtpool::gui
