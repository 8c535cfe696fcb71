// SPDX-License-Identifier: Apache-2.0
// Asio's own definitions, compiled once for the whole product (BOOST_ASIO_SEPARATE_COMPILATION).
#include <boost/asio/impl/src.hpp>
