// SPDX-License-Identifier: GPL-3.0-or-later
// The frame of the control socket (proto/mtpool/control/v1/envelope.proto): 4-byte big-endian length,
// Envelope.
#pragma once

#include <QByteArray>
#include <QString>

#include "gui/link/protocol.h"

namespace mtpool::gui {

/// Longest frame accepted from an engine. It sends larger answers in several envelopes, so a longer one is
/// damage or malice and ends the connection before any of it is stored.
inline constexpr quint32 kMaxFrameBytes = 8U << 20;

QByteArray encodeFrame(const pb::Envelope& envelope);

/// Cuts a byte stream into envelopes. Holds at most one unfinished frame and what was fed after it.
class FrameReader {
 public:
  enum class Outcome { Frame, NeedMore, Broken };

  void feed(const QByteArray& bytes);

  /// Takes the next envelope out. After Broken the stream is lost: the caller closes the connection.
  Outcome next(pb::Envelope& envelope);

  void clear();

 private:
  QByteArray buffer_;
  int taken_ = 0;
};

}  // namespace mtpool::gui
