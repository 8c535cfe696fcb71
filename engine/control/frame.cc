// SPDX-License-Identifier: Apache-2.0
#include "engine/control/frame.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include "engine/base/text.h"

namespace mtpool::control {

namespace {

namespace pb = google::protobuf;
using Wire = pb::internal::WireFormatLite;

Error malformed() {
  return {Errc::Malformed, "the frame does not parse; is the client of another program or version?"};
}

// Walks a message without building it, counting fields down from `budget`.
Result<void> countFields(pb::io::CodedInputStream& in, const pb::Descriptor* type, int depth, int& budget) {
  if (depth > kMaxFrameDepth) {
    return Error(Errc::LimitExceeded, fmt::format("the frame nests deeper than {} messages", kMaxFrameDepth));
  }
  while (const std::uint32_t tag = in.ReadTag()) {
    if (--budget < 0) {
      return Error(Errc::LimitExceeded,
                   fmt::format("the frame holds more than {} fields; send it in parts", kMaxFrameFields));
    }
    const pb::FieldDescriptor* field = type->FindFieldByNumber(Wire::GetTagFieldNumber(tag));
    const bool nested = field != nullptr && field->message_type() != nullptr &&
                        Wire::GetTagWireType(tag) == Wire::WIRETYPE_LENGTH_DELIMITED;
    if (!nested) {
      // A group is an unknown field that nests; we have none, so nobody honest sends one.
      if (Wire::GetTagWireType(tag) == Wire::WIRETYPE_START_GROUP || !Wire::SkipField(&in, tag)) {
        return malformed();
      }
      continue;
    }
    std::uint32_t length = 0;
    if (!in.ReadVarint32(&length) || static_cast<int>(length) < 0 ||
        (in.BytesUntilLimit() >= 0 && static_cast<int>(length) > in.BytesUntilLimit())) {
      return malformed();
    }
    const auto limit = in.PushLimit(static_cast<int>(length));
    MTP_DO(countFields(in, field->message_type(), depth + 1, budget));
    if (in.BytesUntilLimit() != 0) {
      return malformed();
    }
    in.PopLimit(limit);
  }
  return in.ConsumedEntireMessage() ? Result<void>() : malformed();
}

}  // namespace

Result<std::size_t> parseFrameHeader(ByteView header) {
  MTP_CHECK(header.size() == kFrameHeaderBytes);
  const std::size_t length = static_cast<std::size_t>(header[0]) << 24 |
                             static_cast<std::size_t>(header[1]) << 16 |
                             static_cast<std::size_t>(header[2]) << 8 | static_cast<std::size_t>(header[3]);
  if (length > kMaxFrameBytes) {
    return Error(Errc::LimitExceeded,
                 fmt::format("a frame of {} announced, {} is the limit; send it in parts", humanBytes(length),
                             humanBytes(kMaxFrameBytes)));
  }
  if (length == 0) {
    return Error(Errc::Malformed, "an empty frame is no request");
  }
  return length;
}

Result<v1::Envelope> parseEnvelope(ByteView body) {
  const int size = static_cast<int>(body.size());
  {
    pb::io::CodedInputStream in(body.data(), size);
    const auto limit = in.PushLimit(size);
    int budget = kMaxFrameFields;
    MTP_DO(countFields(in, v1::Envelope::descriptor(), 1, budget));
    in.PopLimit(limit);
  }
  pb::io::CodedInputStream in(body.data(), size);
  in.SetRecursionLimit(kMaxFrameDepth);
  v1::Envelope envelope;
  if (!envelope.ParseFromCodedStream(&in) || !in.ConsumedEntireMessage()) {
    return malformed();
  }
  envelope.DiscardUnknownFields();
  return envelope;
}

std::string encodeFrame(const v1::Envelope& envelope) {
  const std::size_t size = envelope.ByteSizeLong();
  std::string frame;
  frame.reserve(kFrameHeaderBytes + size);
  for (int shift = 24; shift >= 0; shift -= 8) {
    frame.push_back(static_cast<char>(size >> shift & 0xFF));
  }
  MTP_CHECK(envelope.AppendToString(&frame));
  return frame;
}

}  // namespace mtpool::control
