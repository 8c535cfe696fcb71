// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/json.h"

#include <google/protobuf/descriptor.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "engine/cli/harmless.h"

namespace mtpool::cli {

namespace {

namespace pb = google::protobuf;
using boost::json::value;

constexpr std::int64_t kExact = std::int64_t{1} << 53;

value integer(std::int64_t n) {
  return n > kExact || n < -kExact ? value(std::to_string(n)) : value(n);
}

value unsignedInteger(std::uint64_t n) {
  return n > static_cast<std::uint64_t>(kExact) ? value(std::to_string(n)) : value(n);
}

boost::json::object objectOf(const pb::Message& message);

// One reader for plain and repeated fields: `index` is negative for a plain one.
value valueOf(const pb::Message& message, const pb::FieldDescriptor& field, int index) {
  const pb::Reflection& in = *message.GetReflection();
  const bool plain = index < 0;
  switch (field.cpp_type()) {
    case pb::FieldDescriptor::CPPTYPE_INT32:
      return plain ? in.GetInt32(message, &field) : in.GetRepeatedInt32(message, &field, index);
    case pb::FieldDescriptor::CPPTYPE_INT64:
      return integer(plain ? in.GetInt64(message, &field) : in.GetRepeatedInt64(message, &field, index));
    case pb::FieldDescriptor::CPPTYPE_UINT32:
      return plain ? in.GetUInt32(message, &field) : in.GetRepeatedUInt32(message, &field, index);
    case pb::FieldDescriptor::CPPTYPE_UINT64:
      return unsignedInteger(plain ? in.GetUInt64(message, &field)
                                   : in.GetRepeatedUInt64(message, &field, index));
    case pb::FieldDescriptor::CPPTYPE_DOUBLE:
      return plain ? in.GetDouble(message, &field) : in.GetRepeatedDouble(message, &field, index);
    case pb::FieldDescriptor::CPPTYPE_FLOAT:
      return plain ? in.GetFloat(message, &field) : in.GetRepeatedFloat(message, &field, index);
    case pb::FieldDescriptor::CPPTYPE_BOOL:
      return plain ? in.GetBool(message, &field) : in.GetRepeatedBool(message, &field, index);
    case pb::FieldDescriptor::CPPTYPE_ENUM:
      return value(
          (plain ? in.GetEnum(message, &field) : in.GetRepeatedEnum(message, &field, index))->name());
    case pb::FieldDescriptor::CPPTYPE_STRING:
      return value(plain ? in.GetString(message, &field) : in.GetRepeatedString(message, &field, index));
    case pb::FieldDescriptor::CPPTYPE_MESSAGE:
      if (!plain) {
        return objectOf(in.GetRepeatedMessage(message, &field, index));
      }
      return in.HasField(message, &field) ? value(objectOf(in.GetMessage(message, &field))) : value(nullptr);
  }
  return nullptr;
}

boost::json::object objectOf(const pb::Message& message) {
  boost::json::object object;
  const pb::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const pb::FieldDescriptor& field = *type.field(i);
    if (!field.is_repeated()) {
      object[field.name()] = valueOf(message, field, -1);
      continue;
    }
    boost::json::array list;
    for (int k = 0; k < message.GetReflection()->FieldSize(message, &field); ++k) {
      list.push_back(valueOf(message, field, k));
    }
    object[field.name()] = std::move(list);
  }
  return object;
}

}  // namespace

std::string toJson(const pb::Message& message) {
  return escapedControls(boost::json::serialize(objectOf(message)));
}

}  // namespace mtpool::cli
