// SPDX-License-Identifier: GPL-3.0-or-later
// The control protocol under a short name: pb::Envelope, pb::Item, …
#pragma once

#include <QtGlobal>

#include "mtpool/control/v1/envelope.pb.h"

namespace mtpool::gui {

namespace pb = ::mtpool::control::v1;

/// The major version this console speaks; an engine with another one is refused with a sentence.
inline constexpr quint32 kProtocolMajor = 1;
inline constexpr quint32 kProtocolMinor = 0;

}  // namespace mtpool::gui
