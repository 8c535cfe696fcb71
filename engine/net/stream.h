// SPDX-License-Identifier: Apache-2.0
// A byte stream over which MTProto or the control protocol runs. TCP and Unix sockets now; proxies wrap one
// later.
#pragma once

#include <string>

#include "engine/async/task.h"
#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace mtpool::net {

/// One connected stream, owned by one coroutine at a time; one reader and one writer may be active together.
/// Every call is cancellable (Errc::Cancelled) and knows no deadline of its own: wrap it in
/// async::withDeadline.
class Stream {
 public:
  virtual ~Stream() = default;

  /// Returns once there is something to read (or the peer closed), without a buffer: an idle connection holds
  /// none.
  virtual Task<Result<void>> waitReadable() = 0;
  /// At least one byte; Errc::ConnectionLost at the end of the stream.
  virtual Task<Result<std::size_t>> readSome(MutableBytes into) = 0;
  /// All of it. The bytes must stay valid until the task ends.
  virtual Task<Result<void>> writeAll(ByteView bytes) = 0;
  /// Ends both directions at once; pending calls return ConnectionLost. Idempotent.
  virtual void close() = 0;
  /// "127.0.0.1:4430", for logs and errors.
  virtual std::string peer() const = 0;
};

}  // namespace mtpool::net
