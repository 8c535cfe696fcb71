// SPDX-License-Identifier: Apache-2.0
// From the id of a method to the function that answers it, after the checks that all methods share.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>

#include "engine/sim/request.h"

namespace mtpool::sim {

/// When a method may be called.
enum class Access : std::uint8_t {
  Anytime,   // also with a temporary key that is not bound yet
  NoLogin,   // before login too
  Probe,     // needs a login, but clients call it to learn whether they have one: no violation
  Login,     // users and bots
  UserOnly,  // no bots
};

class Router {
 public:
  using Handler = std::function<Answer(Request&, ByteView)>;

  /// `handler` is called with the parsed call.
  template <class Call>
  void on(Access access, Answer (*handler)(Request&, const Call&)) {
    methods_[Call::kId] = Method{access, [handler](Request& request, ByteView query) -> Answer {
                                   auto call = tl::parse<Call>(query);
                                   if (!call) {
                                     return malformed(request, call.error());
                                   }
                                   return handler(request, *call);
                                 }};
  }

  /// The unwrapped query's answer. Counts it, refuses what the caller may not do, notes violations.
  Answer route(Request& request, ByteView query) const;

  /// "messages.getHistory"; "unknown" if the schema has no such method.
  static std::string nameOf(ByteView query);

 private:
  struct Method {
    Access access;
    Handler run;
  };

  static Answer malformed(Request& request, const Error& error);
  static std::optional<Refusal> mayCall(Request& request, Access access, const std::string& name);
  static Answer unknown(Request& request, std::uint32_t id);

  std::unordered_map<std::uint32_t, Method> methods_;
};

/// All services.
const Router& router();

void addHelp(Router& router);
void addAuth(Router& router);
void addAccount(Router& router);
void addUsers(Router& router);
void addContacts(Router& router);
void addChannels(Router& router);
void addMessages(Router& router);
void addUpdates(Router& router);

}  // namespace mtpool::sim
