// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/link/frame_codec.h"

#include <QtEndian>

namespace mtpool::gui {
namespace {

constexpr int kHeaderBytes = 4;

}  // namespace

QByteArray encodeFrame(const pb::Envelope& envelope) {
  const auto size = static_cast<quint32>(envelope.ByteSizeLong());
  QByteArray frame(kHeaderBytes + static_cast<int>(size), Qt::Uninitialized);
  qToBigEndian(size, frame.data());
  envelope.SerializeToArray(frame.data() + kHeaderBytes, static_cast<int>(size));
  return frame;
}

void FrameReader::feed(const QByteArray& bytes) {
  if (taken_ > 0) {
    buffer_.remove(0, taken_);
    taken_ = 0;
  }
  buffer_.append(bytes);
}

FrameReader::Outcome FrameReader::next(pb::Envelope& envelope) {
  const int left = buffer_.size() - taken_;
  if (left < kHeaderBytes) {
    return Outcome::NeedMore;
  }
  const auto size = qFromBigEndian<quint32>(buffer_.constData() + taken_);
  if (size > kMaxFrameBytes) {
    return Outcome::Broken;
  }
  if (left - kHeaderBytes < static_cast<int>(size)) {
    return Outcome::NeedMore;
  }
  const bool parsed =
      envelope.ParseFromArray(buffer_.constData() + taken_ + kHeaderBytes, static_cast<int>(size));
  taken_ += kHeaderBytes + static_cast<int>(size);
  return parsed ? Outcome::Frame : Outcome::Broken;
}

void FrameReader::clear() {
  buffer_.clear();
  taken_ = 0;
}

}  // namespace mtpool::gui
