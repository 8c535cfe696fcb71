// SPDX-License-Identifier: Apache-2.0
// TL names as C++ names: messages.getHistory -> messages::GetHistory, access_hash -> accessHash.
#pragma once

#include <string>
#include <string_view>

namespace mtpool::tlgen {

/// "messages" of "messages.getHistory"; empty for a name without dot.
std::string namespaceOf(std::string_view tlName);

/// CamelCase of the last part: GetHistory.
std::string structName(std::string_view tlName);

/// camelCase; a name that C++ or the generated code needs itself gets a trailing underscore.
std::string fieldName(std::string_view tlName);

/// From the schema's own namespace: messages::GetHistory.
std::string qualified(std::string_view tlName, std::string_view prefix = "");

/// Constant of the type in skip_types.h: kMessagesDialogs.
std::string skipConstant(std::string_view tlName);

}  // namespace mtpool::tlgen
