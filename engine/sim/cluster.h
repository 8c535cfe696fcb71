// SPDX-License-Identifier: Apache-2.0
// A simulated Telegram: several data centres on one event loop. The program is this plus options; tests put
// it beside a client on one loop.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/async/scope.h"
#include "engine/sim/data_centre.h"
#include "engine/sim/scene.h"

namespace mtpool::sim {

class Cluster {
 public:
  /// The scene outlives the cluster. All calls from the executor's thread, or before it runs.
  Cluster(Executor executor, Scene& scene);

  /// Binds every address; port 0 becomes a real one, scene.addresses has them all. An error names the address
  /// and the data centre.
  Result<void> listen(const std::vector<DcAddress>& wanted);

  /// Begins to serve.
  void start();
  /// Ends every connection. The loop runs out of work soon after; then the cluster may be destroyed.
  void stop();

  /// {"listening":{"1":"127.0.0.1:43210"}}
  std::string listeningJson() const;

  /// "1=127.0.0.1:43210,2=…" as MTPROTO_DC_LIST takes it.
  std::string dcList() const;

 private:
  Executor executor_;
  Scene& scene_;
  async::TaskScope scope_;
  std::vector<std::unique_ptr<DataCentre>> dcs_;
};

}  // namespace mtpool::sim
