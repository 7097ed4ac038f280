#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "graph.hpp"

/// Path costs stay below this; a node without a path to the target has it as its bound.
constexpr std::uint32_t kUnreachable = 1u << 30;

/// A path cost that does not fit.
struct CostOverflow : std::overflow_error {
  CostOverflow() : std::overflow_error("a path costs 2^30 or more") {}
};

/// Least costs to one target from everywhere, one objective at a time: Dijkstra against the arcs
/// with a 4-ary heap of packed (distance, node) keys. Each objective has arcs of its own, 8 bytes
/// each, and distances lie densely, so that most of both stays in the cache.
class BackwardDijkstra {
 public:
  explicit BackwardDijkstra(const Graph& graph)
      : first_(graph.backward.first), distances_(graph.nodes) {
    for (std::size_t k = 0; k < kObjectives; ++k)
      for (const auto& arc : graph.backward.arcs) arcs_[k].push_back({arc.node, arc.costs[k]});
  }

  /// Least costs of objective k from every node to `target`; valid until the next call.
  const std::vector<std::uint32_t>& run(std::size_t k, std::uint32_t target) {
    std::fill(distances_.begin(), distances_.end(), kUnreachable);
    distances_[target] = 0;
    heap_.clear();
    push(target);
    while (!heap_.empty()) {
      const auto key = pop();
      const auto distance = static_cast<std::uint32_t>(key >> 32);
      const auto node = static_cast<std::uint32_t>(key);
      if (distance > distances_[node]) continue;
      for (auto at = first_[node]; at < first_[node + 1]; ++at) {
        const auto [tail, cost] = arcs_[k][at];
        const auto reached = distance + cost;
        if (reached >= kUnreachable) throw CostOverflow();
        if (reached >= distances_[tail]) continue;
        distances_[tail] = reached;
        push(static_cast<std::uint64_t>(reached) << 32 | tail);
      }
    }
    return distances_;
  }

 private:
  struct CostArc {
    std::uint32_t node;
    std::uint32_t cost;
  };
  const std::vector<std::uint32_t>& first_;
  std::array<std::vector<CostArc>, kObjectives> arcs_;
  std::vector<std::uint32_t> distances_;
  std::vector<std::uint64_t> heap_;

  void push(std::uint64_t key) {
    auto at = heap_.size();
    heap_.push_back(key);
    while (at > 0) {
      const auto parent = (at - 1) / 4;
      if (heap_[parent] <= key) break;
      heap_[at] = heap_[parent];
      at = parent;
    }
    heap_[at] = key;
  }

  std::uint64_t pop() {
    const auto least = heap_.front();
    const auto key = heap_.back();
    heap_.pop_back();
    const auto size = heap_.size();
    if (size == 0) return least;
    std::size_t at = 0;
    for (;;) {
      const auto child = at * 4 + 1;
      if (child >= size) break;
      const auto end = std::min(child + 4, size);
      auto best = child;
      for (auto other = child + 1; other < end; ++other)
        if (heap_[other] < heap_[best]) best = other;
      if (heap_[best] >= key) break;
      heap_[at] = heap_[best];
      at = best;
    }
    heap_[at] = key;
    return least;
  }
};
