// SPDX-License-Identifier: Apache-2.0
// Projections: resources/tl/views.txt names a type, its constructors and the fields wanted of each.
//
//   [views]
//   Peer
//     peerUser user_id>id          # the field user_id, called id in the view
//     peerChannel channel_id>id
//
// The view of a type has the fields of all its listed constructors; one that some of them lack, or that is
// conditional, is optional. Constructors not listed are stepped over; only their id is seen. A field whose
// type has a view above is that view, any other object stays bytes.
#pragma once

#include <vector>

#include "engine/tl/tlgen/lists.h"
#include "engine/tl/tlgen/plan.h"

namespace mtpool::tlgen {

struct ViewField {
  std::string name;  // in the view, a TL name
  std::string type;  // C++
  bool optional = false;
};

struct ViewConstructor {
  const Combinator* combinator = nullptr;
  std::map<std::string, std::string> wanted;  // field name -> name in the view
};

struct View {
  std::string type;
  std::vector<ViewConstructor> constructors;
  std::vector<ViewField> fields;

  const ViewField& field(const std::string& name) const;
};

/// Views in list order, each using only earlier ones.
Result<std::vector<View>> planViews(const Schema& schema, const List& list);

/// One header and one source for each section of the list.
Result<std::vector<Output>> emitViews(const Schema& schema, const std::string& space, const List& list);

}  // namespace mtpool::tlgen
