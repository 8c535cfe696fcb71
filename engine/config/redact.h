// SPDX-License-Identifier: Apache-2.0
// Passwords inside values that are not secret as a whole: URLs of proxies, databases, brokers.
#pragma once

#include <string>
#include <string_view>

namespace mtpool::config {

/// A URL, or several in one text, with every password made "•••": what stands between "://user:" and "@", and
/// the parameters password, pass and secret of a query.
std::string withoutPasswords(std::string_view text);

}  // namespace mtpool::config
