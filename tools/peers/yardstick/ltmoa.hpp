#pragma once

#include <cstdint>
#include <vector>

#include "arena.hpp"
#include "bounds.hpp"
#include "fronts.hpp"
#include "graph.hpp"
#include "measure.hpp"
#include "open.hpp"

/// Why a search ended.
enum class Outcome { exact, deadline, memory };

struct Answer {
  Outcome outcome = Outcome::exact;
  /// Costs of the front in lexicographic order; only part of it unless `outcome` is exact.
  std::vector<Costs> front;
  /// The nodes of a path for each of them, where they were asked for.
  std::vector<std::vector<std::uint32_t>> paths;
  /// Processor time.
  double boundsS = 0, searchS = 0;
  std::uint64_t generated = 0, popped = 0, expanded = 0;
};

/// LTMOA* (Hernandez, Yeoh, Baier, Felner, Salzman, Zhang, Chan, Koenig: Multi-objective search via
/// lazy and efficient dominance checks, IJCAI 2023) for three objectives: exact lower bounds from
/// backward Dijkstras, OPEN in lexicographic order, so that first costs never fall and dominance
/// needs the other two only, checks when a label is made and again, late, when it is taken.
template <typename Fronts>
class Ltmoa {
 public:
  /// `memoryBytes` caps what labels and fronts may take.
  Ltmoa(const Graph& graph, std::size_t memoryBytes)
      : graph_(graph),
        states_(graph.nodes),
        dijkstra_(graph),
        pool_(memoryBytes / 4),
        open_(memoryBytes / 2),
        closed_(memoryBytes / 4 / sizeof(Closed)) {
    const auto& first = graph.forward.first;
    for (std::uint32_t node = 0; node < graph.nodes; ++node) {
      states_[node].firstArc = first[node];
      states_[node].degree = first[node + 1] - first[node];
    }
  }

  /// Finds the front, or as much of it as `limitS` of processor time allow. Throws CostOverflow.
  Answer solve(std::uint32_t source, std::uint32_t target, double limitS, bool withPaths) {
    Answer answer;
    const auto startedS = cpuSeconds();
    for (std::size_t k = 0; k < kObjectives; ++k) {
      const auto& distances = dijkstra_.run(k, target);
      for (std::uint32_t node = 0; node < graph_.nodes; ++node)
        states_[node].bounds[k] = distances[node];
    }
    const auto boundedS = cpuSeconds();
    found_.clear();
    search(source, target, startedS + limitS, answer);
    answer.boundsS = boundedS - startedS;
    answer.searchS = cpuSeconds() - boundedS;
    if (withPaths)
      for (const auto label : found_) answer.paths.push_back(pathTo(label));
    return answer;
  }

 private:
  /// What a check needs of a node, in half a cache line.
  struct alignas(32) State {
    Costs bounds;
    std::uint32_t firstArc, degree;
    FrontRef front;
  };
  static_assert(sizeof(State) == 32);
  /// What remains of a label that was expanded: enough to follow its path back.
  struct Closed {
    std::uint32_t node, parent;
  };
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr std::uint64_t kPopsPerLook = 4096;

  const Graph& graph_;
  std::vector<State> states_;
  BackwardDijkstra dijkstra_;
  FrontPool pool_;
  OpenList open_;
  Arena<Closed> closed_;
  std::vector<std::uint32_t> found_;

  void search(std::uint32_t source, std::uint32_t target, double deadlineS, Answer& answer) {
    for (auto& state : states_) state.front = {};
    pool_.clear();
    const auto [start1, start2, start3] = states_[source].bounds;
    open_.clear(start1);
    if (start1 == kUnreachable) return;
    open_.push(start1, {pairOf(start2, start3), source, kNone});
    const Arc* const arcs = graph_.forward.arcs.data();
    const Pair* const pairs = pool_.data();
    const FrontRef& goal = states_[target].front;
    const auto fetch = [&](const OpenLabel& next) { __builtin_prefetch(&states_[next.node]); };
    std::size_t closed = 0;
    OpenLabel label;
    std::uint32_t f1;
    while (open_.pop(label, f1, fetch)) {
      if (++answer.popped % kPopsPerLook == 0 && cpuSeconds() > deadlineS) {
        answer.outcome = Outcome::deadline;
        break;
      }
      auto& state = states_[label.node];
      if (Fronts::dominates(pairs, goal, label.pair)) continue;
      if (Fronts::dominates(pairs, state.front, label.pair)) continue;
      if (closed == closed_.capacity() || pool_.isFull(state.front) || open_.isFull(state.degree)) {
        answer.outcome = Outcome::memory;
        break;
      }
      Fronts::insert(pool_, state.front, label.pair);
      const auto self = static_cast<std::uint32_t>(closed++);
      closed_[self] = {label.node, label.parent};
      const auto f2 = secondOf(label.pair), f3 = thirdOf(label.pair);
      if (label.node == target) {
        answer.front.push_back({f1, f2, f3});
        found_.push_back(self);
        continue;
      }
      const auto g1 = f1 - state.bounds[0], g2 = f2 - state.bounds[1], g3 = f3 - state.bounds[2];
      const Arc* const end = arcs + state.firstArc + state.degree;
      for (const Arc* arc = end - state.degree; arc < end; ++arc) {
        const auto& head = states_[arc->node];
        if (head.bounds[0] == kUnreachable) continue;
        const auto child1 = g1 + arc->costs[0] + head.bounds[0];
        const auto child2 = g2 + arc->costs[1] + head.bounds[1];
        const auto child3 = g3 + arc->costs[2] + head.bounds[2];
        if ((child1 | child2 | child3) >= kUnreachable) throw CostOverflow();
        const auto pair = pairOf(child2, child3);
        // With equal costs the parent has just passed the check at the target.
        if (pair != label.pair && Fronts::dominates(pairs, goal, pair)) continue;
        if (Fronts::dominates(pairs, head.front, pair)) continue;
        ++answer.generated;
        open_.push(child1, {pair, arc->node, self});
      }
    }
    answer.expanded = closed;
  }

  std::vector<std::uint32_t> pathTo(std::uint32_t label) {
    std::vector<std::uint32_t> nodes;
    for (; label != kNone; label = closed_[label].parent) nodes.push_back(closed_[label].node);
    return {nodes.rbegin(), nodes.rend()};
  }
};
