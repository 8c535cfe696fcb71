// SPDX-License-Identifier: Apache-2.0
// Answers as JSON, for programs: a stable contract.
//
// Keys are the field names of proto/mtpool/control/v1, every field is there also when zero or empty, an
// absent message is null, enums are their names. Integers are numbers while a double holds them exactly (up
// to ±2^53) and strings above, as ECMA-262 readers would silently round them. Control and bidi characters are
// \uXXXX escapes, so that a terminal shows them instead of obeying them.
#pragma once

#include <google/protobuf/message.h>

#include <string>

namespace mtpool::cli {

/// One line, without the line end.
std::string toJson(const google::protobuf::Message& message);

}  // namespace mtpool::cli
