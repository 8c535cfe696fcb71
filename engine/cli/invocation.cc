// SPDX-License-Identifier: Apache-2.0
#include "engine/cli/invocation.h"

#include "engine/cli/json.h"

namespace mtpool::cli {

void Invocation::show(const google::protobuf::Message& answer, const Table& rows) const {
  print(format == Format::Json ? toJson(answer) + "\n" : rows.text(format, terminal.output));
}

}  // namespace mtpool::cli
