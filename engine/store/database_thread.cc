// SPDX-License-Identifier: Apache-2.0
#include "engine/store/database_thread.h"

namespace mtpool::store {

DatabaseThread::DatabaseThread(std::string name, std::unique_ptr<Executor> executor)
    : executor_(std::move(executor)), thread_(std::move(name)) {
  thread_.start();
}

DatabaseThread::~DatabaseThread() {
  close();
}

void DatabaseThread::close() {
  {
    const std::lock_guard lock(mutex_);
    if (!closed_) {
      closed_ = true;
      // Behind everything asked for before.
      thread_.post([this] {
        executor_.reset();
        thread_.stop();
      });
    }
  }
  thread_.join();
}

}  // namespace mtpool::store
