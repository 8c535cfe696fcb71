// SPDX-License-Identifier: Apache-2.0
#include "engine/async/shard.h"

#include <pthread.h>

namespace mtpool::async {

Shard::Shard(std::string name) : name_(std::move(name)), work_(context_.get_executor()) {}

Shard::~Shard() {
  stop();
  join();
}

void Shard::start() {
  thread_ = std::thread([this] {
    ::pthread_setname_np(::pthread_self(), name_.substr(0, 15).c_str());
    context_.run();
  });
}

void Shard::stop() {
  work_.reset();
  context_.stop();
}

void Shard::join() {
  if (thread_.joinable()) {
    thread_.join();
  }
}

void Shard::runHere() {
  context_.run();
}

void Shard::post(std::function<void()> fn) {
  boost::asio::post(context_, std::move(fn));
}

}  // namespace mtpool::async
